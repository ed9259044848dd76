from nopython._native import version
