package assemble

import (
	"errors"
	"fmt"
	"strings"

	"github.com/speakeasy-api/openapi-overlay/pkg/overlay"
	"gopkg.in/yaml.v3"
)

// Lay applies an OpenAPI Overlay 1.0 document to root, action after action. It
// refuses an overlay with members that the format does not know, and any action
// that matches nothing, changes nothing or would change a scalar's type; every
// such action is listed, with its line.
func Lay(text []byte, root *yaml.Node) error {
	o, lines, err := parse(text)
	if err != nil {
		return err
	}
	var errs []error
	for i, action := range o.Actions {
		if err := apply(o, action, root); err != nil {
			errs = append(errs, fmt.Errorf("line %d: action on %s: %w", lines[i], action.Target, err))
		}
	}
	return errors.Join(errs...)
}

// parse reads an overlay and the line of each of its actions.
func parse(text []byte) (*overlay.Overlay, []int, error) {
	var top struct {
		Actions []yaml.Node `yaml:"actions"`
	}
	var o overlay.Overlay
	if err := yaml.Unmarshal(text, &o); err != nil {
		return nil, nil, fmt.Errorf("parse overlay: %w", err)
	}
	if err := yaml.Unmarshal(text, &top); err != nil {
		return nil, nil, fmt.Errorf("parse overlay: %w", err)
	}
	if err := o.Validate(); err != nil {
		return nil, nil, fmt.Errorf("invalid overlay: %w", err)
	}
	o.JSONPathVersion = "rfc9535" // what Overlay 1.0 says; the library's own default is older
	lines := make([]int, len(top.Actions))
	var errs []error
	for i, n := range top.Actions {
		lines[i] = n.Line
		errs = append(errs, known(o.Actions[i].Extensions, n.Line))
	}
	errs = append(errs, known(o.Extensions, 1), known(o.Info.Extensions, 1))
	return &o, lines, errors.Join(errs...)
}

// known refuses members that are neither of the format nor extensions, such as a
// misspelt "update".
func known(extensions overlay.Extensions, line int) error {
	for name := range extensions {
		if !strings.HasPrefix(name, "x-") {
			return fmt.Errorf("line %d: unknown member %q", line, name)
		}
	}
	return nil
}

// apply runs one action. The library looks at the whole document before and
// after an update, which is slow for hundreds of actions; it is therefore given
// only the part that the action is about.
func apply(o *overlay.Overlay, action overlay.Action, root *yaml.Node) error {
	path, err := o.NewPath(action.Target, nil)
	if err != nil {
		return err
	}
	targets := path.Query(root)
	if len(targets) == 0 {
		return errors.New("matches nothing")
	}
	if action.Remove {
		one := overlay.Overlay{JSONPathVersion: o.JSONPathVersion, Actions: []overlay.Action{action}}
		return one.ApplyTo(root)
	}
	if action.Update.IsZero() {
		return errors.New("neither updates nor removes")
	}
	update, err := plain(&action.Update)
	if err != nil {
		return err
	}
	return merge(targets, update, o.JSONPathVersion)
}

// merge lays an update over each target. At least one of them must change.
func merge(targets []*yaml.Node, update *yaml.Node, version string) error {
	one := overlay.Overlay{
		JSONPathVersion: version,
		Actions:         []overlay.Action{{Target: "$", Update: *update}},
	}
	changed := false
	for _, target := range targets {
		if err := sameTypes(target, update); err != nil {
			return err
		}
		before := fingerprint(target)
		if err := one.ApplyTo(target); err != nil {
			return err
		}
		changed = changed || before != fingerprint(target)
	}
	if !changed {
		return errors.New("changes nothing")
	}
	return nil
}
