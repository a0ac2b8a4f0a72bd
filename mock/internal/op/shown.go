package op

// Shown is a refusal that a person sees: the page takes the place of the envelope. Status and cause are those of Err, the
// headers are the page's alone: a challenge would make browsers ask for a password in a window of their own.
type Shown struct {
	Err  error
	Page *Document
}

func (s Shown) Error() string { return s.Err.Error() }

// Unwrap is the refusal itself.
func (s Shown) Unwrap() error { return s.Err }
