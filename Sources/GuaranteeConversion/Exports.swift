// Who converts works with the hub and with the reasons why there is no counterpart: one import gives all of it.
@_exported public import GuaranteeModel
@_exported public import Translation
