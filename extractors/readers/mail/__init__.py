"""MIME: e-mail, and pages that browsers save in the same form."""
