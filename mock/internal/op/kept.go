package op

// Kept is a refusal whose changes stand: the failed login that is counted, the replayed code that
// kills its tokens. Any other error undoes all that the function did.
type Kept struct{ Err error }

func (k Kept) Error() string { return k.Err.Error() }

// Unwrap is the refusal itself.
func (k Kept) Unwrap() error { return k.Err }
