package model

import (
	"fmt"
	"slices"
	"strings"
)

// Settings are the switches of one world. A zero value holds the defaults.
type Settings map[string]string

// A SettingDef is a setting's allowed values; the first is the default.
type SettingDef struct {
	Name   string
	Values []string
	Help   string
}

var settingDefs = []SettingDef{
	{"timestamps", []string{"micros", "seconds"}, "form of user dates: microseconds and +00:00, or seconds and Z"},
	{"validation", []string{"enforce", "warn", "strict"}, "how requests are checked against the document"},
	{"mfa_default", []string{"off", "partners"}, "whether new partner tenants start with a second factor required"},
	{"report_window", []string{"off", "on"}, "whether usage history is late: POST /reports answers 400 from 1 to 6 o'clock UTC, and 500 from 6 to 7"},
	{"lockout", []string{"off", "on"}, "whether repeated wrong passwords lock a login for a time"},
	{"forgot_link", []string{"on", "off"}, "whether GET /accounts/forgot_link answers, or is disabled (404)"},
}

// SettingDefs lists every setting.
func SettingDefs() []SettingDef { return slices.Clone(settingDefs) }

// Get is the value of a known setting.
func (s Settings) Get(name string) string {
	if v, ok := s[name]; ok {
		return v
	}
	for _, d := range settingDefs {
		if d.Name == name {
			return d.Values[0]
		}
	}
	return ""
}

// Is reports whether a setting has the value.
func (s Settings) Is(name, value string) bool { return s.Get(name) == value }

// CheckSetting refuses an unknown name or value and says which are known.
func CheckSetting(name, value string) error {
	var names []string
	for _, d := range settingDefs {
		if d.Name == name {
			if slices.Contains(d.Values, value) {
				return nil
			}
			return fmt.Errorf("setting %q cannot be %q; use one of: %s", name, value, strings.Join(d.Values, ", "))
		}
		names = append(names, d.Name)
	}
	return fmt.Errorf("unknown setting %q; known are: %s", name, strings.Join(names, ", "))
}
