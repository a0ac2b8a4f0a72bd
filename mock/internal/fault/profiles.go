package fault

import (
	"embed"
	"fmt"
	"slices"
)

// A Profile is a named set of rules that ships with the binary.
type Profile struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
	Rules   []Rule `json:"rules"`
}

//go:embed profiles
var profiles embed.FS

// Profiles are all profiles, by name.
func Profiles() []Profile {
	files, err := profiles.ReadDir("profiles")
	if err != nil {
		panic(fmt.Errorf("list the embedded profiles: %w", err)) // they are part of the binary
	}
	list := make([]Profile, len(files))
	for i, f := range files {
		text, err := profiles.ReadFile("profiles/" + f.Name())
		if problems := decode(text, &list[i], ""); len(problems) > 0 {
			err = fmt.Errorf("%v", problems)
		}
		if err != nil {
			panic(fmt.Errorf("read the embedded profile %s: %w", f.Name(), err))
		}
	}
	return list
}

// ProfileNamed finds a profile.
func ProfileNamed(name string) (Profile, bool) {
	list := Profiles()
	i := slices.IndexFunc(list, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return Profile{}, false
	}
	return list[i], true
}
