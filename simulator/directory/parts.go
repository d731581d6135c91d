package directory

// What a directory does is parted by what it is about. Each part works on the
// whole directory, whose lock the caller holds.
type (
	reader  struct{ *Directory } // what entries are found by, and show
	adder   struct{ *Directory } // makes entries, and checks their values
	changer struct{ *Directory } // changes, moves, deletes and restores entries
	granter struct{ *Directory } // access lists, and who they allow what
	founder struct{ *Directory } // what every domain begins with
)

func reading(d *Directory) reader   { return reader{d} }
func adding(d *Directory) adder     { return adder{d} }
func changing(d *Directory) changer { return changer{d} }
func granting(d *Directory) granter { return granter{d} }
func founding(d *Directory) founder { return founder{d} }
