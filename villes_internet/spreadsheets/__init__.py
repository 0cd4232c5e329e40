"""Tables written row by row for a spreadsheet, however many there are: CSV, XLSX or ODS.

A text is always kept as a text: no program takes what somebody typed for a formula. `read` takes
back what people send.
"""

from villes_internet.spreadsheets.cells import Cell
from villes_internet.spreadsheets.csv import CsvWorkbook
from villes_internet.spreadsheets.ods import OdsWorkbook
from villes_internet.spreadsheets.reading import Line, UnreadableTableError
from villes_internet.spreadsheets.workbook import Sheet, Workbook
from villes_internet.spreadsheets.xlsx import XlsxWorkbook
from villes_internet.spreadsheets.xlsx_reading import read

__all__ = [
    "Cell",
    "CsvWorkbook",
    "Line",
    "OdsWorkbook",
    "Sheet",
    "UnreadableTableError",
    "Workbook",
    "XlsxWorkbook",
    "read",
]
