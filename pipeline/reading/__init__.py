"""PDFs read back: what a page shows, what its tags say, and what in it cannot be read out.

``pdf_faults`` names what is not accessible in a PDF; ``pdf_pages`` is what PDFium sees on each page; ``pdf_structure``
is the structure tree; ``quoted_pages`` finds the page on which a Word file's words were printed.
"""
