package inject

// EffectNames are the kinds that have an effect.
func EffectNames() []string {
	var names []string
	for name := range effects {
		names = append(names, name)
	}
	return names
}
