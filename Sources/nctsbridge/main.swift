import BridgeCommands

await Bridge.start()
