"""From what was found, or collected, to a file: piece by piece, so that 10,000 fit in any memory.

finding     all hits of a search, page by page
entries     hits and collected passages -> `Entry`: a citation, and what else a row tells
writing     entries -> the bytes of one of eight formats
tables, documents, word     CSV and JSON Lines; Markdown and text; DOCX
files       bytes -> a file that is there whole or not at all
"""
