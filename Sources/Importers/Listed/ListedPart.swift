/// What the lists of an export say of one vCenter, and what became of their rows.
typealias ListedPart = (inventory: ListedInventory, report: FileReport)
