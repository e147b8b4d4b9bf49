// Who compares works with the hub and with JSON too.
@_exported public import Translation
