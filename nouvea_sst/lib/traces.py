"""The technical log tells what broke, never what a record held."""

import logging
import re

# PostgreSQL quotes the row that a constraint refuses, line breaks included: « Failing row contains (…) ».
# Python writes a chained exception after it, or nothing.
DETAIL = re.compile(
    r"^(.*?)DETAIL: .*?(?=\n\nThe above exception|\n\nDuring handling|\Z)", re.MULTILINE | re.DOTALL
)


class SansContenu(logging.Formatter):
    """Writes a line and its traceback without the values that the database quotes."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, its details masked."""
        return DETAIL.sub(r"\1DETAIL: masqué", super().format(record))
