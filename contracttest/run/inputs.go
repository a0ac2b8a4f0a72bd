package run

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/value"
)

// Inputs that the runner knows by itself.
const (
	inputToken = "token"
	inputRunID = "run_id"
)

// prepare finds the values of the inputs that a workflow declares, and says what is wrong with them.
func (s *scenario) prepare(w *arazzo.Workflow) (wrong []string) {
	values := make(map[string]any)
	s.inputs[w.ID] = values
	if w.Inputs == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(w.Inputs.Properties)) {
		p := w.Inputs.Properties[name]
		v, ok, err := s.given(name, p)
		switch {
		case err != nil:
			wrong = append(wrong, fmt.Sprintf("input %s: %s", name, err))
		case ok:
			values[name] = v
			s.hide(name, p, v)
			for _, message := range p.Check(v) {
				wrong = append(wrong, fmt.Sprintf("input %s %s", name, message))
			}
		case slices.Contains(w.Inputs.Required, name) && !s.tokenized(name):
			wrong = append(wrong, fmt.Sprintf("input %s is missing", name))
		}
	}
	return wrong
}

func (s *scenario) given(name string, p *arazzo.Schema) (any, bool, error) {
	if v, ok := s.cfg.Inputs[name]; ok {
		v, err := value.FromGo(v)
		return p.Typed(v), true, err
	}
	if name == inputRunID && s.cfg.RunID != "" {
		return s.cfg.RunID, true, nil
	}
	return p.Default, p.HasDefault && !s.tokenized(name), nil
}

// tokenized tells whether an input is made by the token source.
func (s *scenario) tokenized(name string) bool {
	_, given := s.cfg.Inputs[name]
	return name == inputToken && s.cfg.Token != nil && !given
}

// hide makes an input known as a secret if it is one.
func (s *scenario) hide(name string, p *arazzo.Schema, v any) {
	if text, ok := v.(string); ok && (p.Secret || report.Secret(name)) {
		s.cfg.Mask.Add(text)
	}
}
