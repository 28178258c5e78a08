"""What the maker of PDFs adds to its library: pages named once, pages out of the collector's walks."""

import gc

import pydyf
import pytest

from nouvea_sst.lib.pdf import hold_pages, load_weasyprint, name_pages


def test_pages_are_named_as_the_library_names_them_also_after_one_more():
    load_weasyprint()
    pdf = pydyf.PDF()
    pages = [pydyf.Dictionary({"Type": "/Page"}) for _ in range(3)]
    for rang, page in enumerate(pages):
        pdf.add_page(page)
        assert name_pages(pdf) == tuple(p.reference for p in pages[: rang + 1])
        assert pdf.page_references is name_pages(pdf)


def test_the_collector_walks_the_pages_again_after_a_lot_that_failed():
    avant = gc.get_freeze_count()
    with pytest.raises(ValueError, match="lot"), hold_pages() as hold:
        hold()
        assert gc.get_freeze_count() > avant
        raise ValueError("lot")
    assert gc.get_freeze_count() == 0
