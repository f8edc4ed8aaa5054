"""The form to subscribe and the links of its mails, as a browser uses them."""

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
