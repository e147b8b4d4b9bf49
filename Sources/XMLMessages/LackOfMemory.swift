/// Ends the program when libxml2 can allocate no more. Swift's own allocations end it the same way: nothing could be written
/// any more, and a run that went on might take what it could not read for bad input.
func endForLackOfMemory() -> Never { fatalError("libxml2 has no memory left") }
