"""The expert's desk: the list of units, the sheets beside the material, comparing, sealing, printing."""

from webapp.expert.desk import sheet_desk

expert = sheet_desk("expert", "/expert")
