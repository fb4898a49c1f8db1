"""The workbooks of workbook.c read into lists by xlrd and openpyxl, processor time. Argument: the folder of real files."""

import os
import sys
import time


def xls(path):
    import xlrd

    return [[sheet.row_values(i) for i in range(sheet.nrows)] for sheet in xlrd.open_workbook(path).sheets()]


def xlsx(path):
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


FILES = [("workbook.xlrd", xls, "mts-xp-fused-silica-csm/FS_XP.xls"),
         ("workbook.openpyxl", xlsx, "kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx")]

for name, read, relative in FILES:
    path = os.path.join(sys.argv[1], "nanoindentation", relative)
    if not os.path.exists(path):
        continue
    try:
        read(path)  # imports, and the file into memory
        begin = time.process_time()
        read(path)
        print(f"{name}\t{time.process_time() - begin:.6g}")
    except ImportError as missing:
        print(f"{missing.name} is not there (Debian: python3-{missing.name})", file=sys.stderr)
