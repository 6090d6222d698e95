"""Exports of media archives (Nexis, Factiva, ProQuest): where each document begins and ends, and which of its lines are fields.

They come here as text; reading Word, RTF or HTML is left to those formats' readers.
"""
