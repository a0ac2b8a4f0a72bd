package fault

import "slices"

// Kinds are all kinds of faults, by family.
func Kinds() []Kind {
	return slices.Concat(httpKinds, latencyKinds, connectionKinds, bodyKinds, stateKinds, oauthKinds)
}

// KindOf finds a kind by its name.
func KindOf(name string) (*Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return &k, true
		}
	}
	return nil, false
}

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return names
}
