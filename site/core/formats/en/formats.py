"""English as it is written in Europe: a site's dates should not stand in two orders."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
