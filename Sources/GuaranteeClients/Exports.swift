package import Translation
