package state

// At is the same state seen at the time of a later view: what a replica shows that has the world's clock, but not yet
// its newest changes.
func (v *View) At(later *View) *View {
	old := *v
	old.now = later.now
	return &old
}
