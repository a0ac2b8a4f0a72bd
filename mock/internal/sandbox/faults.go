package sandbox

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/fault"
)

// ChangeFaults changes the fault rules of a world by change, whole or not at all: when it finds problems, or the rules
// cannot be stored, those from before stand.
func (m *Manager) ChangeFaults(ctx context.Context, w *World, change func(*fault.Set) []fault.Problem) ([]fault.Problem, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.alive(); err != nil {
		return nil, err
	}
	if !w.Durable {
		return change(w.Faults), nil
	}
	before := given(w.Faults)
	if problems := change(w.Faults); len(problems) > 0 {
		return problems, nil
	}
	if err := m.record(ctx, w); err != nil {
		_ = w.Faults.Replace(before) // they were taken once
		return nil, err
	}
	return nil, nil
}

// given are the rules as they were written.
func given(s *fault.Set) []fault.Rule {
	status := s.Rules()
	rules := make([]fault.Rule, len(status))
	for i := range status {
		rules[i] = status[i].Rule
	}
	return rules
}
