// Who asks for balances works with amounts, access codes and functional errors: one import gives all of it.
@_exported public import GuaranteeModel
