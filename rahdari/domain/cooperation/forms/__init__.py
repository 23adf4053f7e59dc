"""The shapes of what is asked, answered and enquired, as programs fill them and as forms."""
