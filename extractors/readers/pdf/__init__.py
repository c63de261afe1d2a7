"""PDF: lines on pages to paragraphs."""
