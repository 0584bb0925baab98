"""What is drawn on pages -> blocks, the same for PDF, OFD and the pictures of scanned pages.

pages       orders the steps, and says what became of each page
values      what they hand on: glyphs and rules, lines, pages
turned      pages set sideways are turned upright
tables      ruled tables: rules and glyphs -> rows of cells
lines       glyphs -> lines in reading order, by way of columns (gutters)
furniture   running headers and page numbers, kept apart
joins       tables that run over a page's end
flow        lines -> paragraphs over lines, columns and pages, by way of frames (margins)
"""
