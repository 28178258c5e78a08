"""A text of several lines: what is pasted is never cut by the browser, the form says when it is too long."""

from typing import Any

from django import forms


class TexteLong(forms.Textarea):
    """A text area without the limit that browsers enforce in silence."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: Any = None) -> dict[str, Any]:
        """Leave out the limit: the field refuses a longer text in words, and keeps it."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs
