// Who translates works with the hub and with JSON: one import gives all three.
@_exported public import GuaranteeModel
@_exported public import JSONMessages
