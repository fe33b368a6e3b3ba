"""The sheets that Bianban and the performance office fill themselves: the expert's pages on the lead's desk."""

from webapp.expert.desk import sheet_desk

lead_sheets = sheet_desk("lead_sheets", "/lead/sheets")
