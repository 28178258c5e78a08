"""The folded text of nouvea_sst.lib.texte, computed by PostgreSQL: a column is searched as it is typed."""

from django.db.models import CharField, Func


class Plie(Func):
    """fold() of a column: no accents, no case, dashes and apostrophes as spaces, single spaces.

    Made of immutable functions only, so that an index may hold it.
    """

    template = (
        r"btrim(regexp_replace(translate(lower(regexp_replace(normalize("
        r"replace(replace(%(expressions)s, 'œ', 'oe'), 'Œ', 'oe'), NFKD), '[\u0300-\u036f]', '', 'g')), "
        r"'''’-–_./,', '        '), '\s+', ' ', 'g'))"
    )
    output_field = CharField()
