"""The demo's mail: caught over SMTP, kept as files, shown in the browser."""
