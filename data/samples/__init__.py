"""The sample reports: prose written for this project, put together and typeset.

    banks      the TOML files as frozen values: banks/ by topic, skeletons.toml by kind,
               phrases.toml by year and province, written/ whole texts, documents.toml the list
    language   a template and a place in time -> a sentence
    prose      which sentences of a topic a report uses, and how they are set
    kinds      a document of the list -> its draft; one function for each kind of report
    tables     the statutory forms of disclosure reports, with sums that add up
    drafts     a report before it has a format: parts in reading order
    as_pdf (with pdf_lines), as_docx, as_text
               a draft -> the bytes of a file

Every figure is invented. Offices, laws and stock formulas have their real names; the sentences
are ours.
"""
