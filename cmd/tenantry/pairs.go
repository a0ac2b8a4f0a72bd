package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// pairs reads name=value, each once or more often; the last one counts. The flag, if it is one, begins the error.
func pairs(flag string, list []string) (map[string]string, error) {
	found := map[string]string{}
	for _, pair := range list {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("%s%q is not of the form name=value", flag, pair)
		}
		found[name] = value
	}
	return found, nil
}

// oneOf refuses flags that cannot be given together.
func oneOf(cmd *cobra.Command, names ...string) error {
	given := slices.DeleteFunc(names, func(name string) bool { return !cmd.Flags().Changed(name) })
	if len(given) > 1 {
		return fmt.Errorf("--%s and --%s contradict each other: use one of them", given[0], given[1])
	}
	return nil
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
