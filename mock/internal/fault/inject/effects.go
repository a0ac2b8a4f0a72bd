package inject

import "maps"

// effects are what all kinds do, by the name of the kind.
var effects = collect(httpEffects, latencyEffects, connectionEffects, bodyEffects, stateEffects, oauthEffects)

func collect(families ...map[string]effect) map[string]effect {
	all := map[string]effect{}
	for _, family := range families {
		maps.Copy(all, family)
	}
	return all
}
