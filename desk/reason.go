package desk

// reason is an error of a kind in words of its own.
type reason struct {
	words string
	kind  error
}

func (r reason) Error() string { return r.words }

func (r reason) Unwrap() error { return r.kind }
