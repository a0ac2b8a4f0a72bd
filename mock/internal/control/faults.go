package control

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/model"
)

// rulesOut is the rules of a sandbox with their counters.
type rulesOut struct {
	Rules []fault.Status `json:"rules"`
}

func (c *Control) listFaults(_ context.Context, in idIn) (rulesOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return rulesOut{}, err
	}
	return rulesOut{w.Faults.Rules()}, nil
}

type replaceFaultsIn struct {
	ID   string `path:"id"`
	Body struct {
		Rules json.RawMessage `json:"rules"`
	}
}

func (c *Control) replaceFaults(ctx context.Context, in replaceFaultsIn) (rulesOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return rulesOut{}, err
	}
	if err := c.replaceRules(ctx, w, in.Body.Rules, "/rules"); err != nil {
		return rulesOut{}, err
	}
	return rulesOut{w.Faults.Rules()}, nil
}

// replaceRules puts rules, which stand at a place in a body, in place of all others.
func (c *Control) replaceRules(ctx context.Context, w *sandbox.World, text json.RawMessage, at string) error {
	rules, found := fault.ParseRules(text)
	if len(found) > 0 {
		return badRules(at, found)
	}
	return c.change(ctx, w, at, func(s *fault.Set) []fault.Problem { return s.Replace(rules) })
}

func (c *Control) change(ctx context.Context, w *sandbox.World, at string, do func(*fault.Set) []fault.Problem) error {
	found, err := c.cfg.Worlds.ChangeFaults(ctx, w, do)
	if err != nil {
		return err
	}
	return badRules(at, found)
}

func (c *Control) clearFaults(ctx context.Context, in idIn) (op.None, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return op.None{}, err
	}
	return op.None{}, c.change(ctx, w, "", func(s *fault.Set) []fault.Problem {
		s.Clear()
		return nil
	})
}

// ruleIn names a rule.
type ruleIn struct {
	ID   string `path:"id"`
	Rule string `path:"rule"`
}

func (c *Control) getFault(_ context.Context, in ruleIn) (fault.Status, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return fault.Status{}, err
	}
	return ruleOf(w, in.Rule)
}

func ruleOf(w *sandbox.World, id string) (fault.Status, error) {
	rules := w.Faults.Rules()
	i := slices.IndexFunc(rules, func(s fault.Status) bool { return s.ID == id })
	if i < 0 {
		return fault.Status{}, noRule(w, id)
	}
	return rules[i], nil
}

func noRule(w *sandbox.World, id string) error {
	return model.Errorf(model.NotFound, "fault_not_found", "sandbox %q has no fault rule %q; it was never put, removed, or its ttl is over", w.ID, id)
}

type putFaultIn struct {
	ID   string `path:"id"`
	Rule string `path:"rule"`
	Raw  []byte
}

func (c *Control) putFault(ctx context.Context, in putFaultIn) (fault.Status, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return fault.Status{}, err
	}
	rule, found := fault.ParseRule(in.Raw)
	switch rule.ID {
	case "":
		rule.ID = in.Rule
	case in.Rule:
	default:
		found = append(found, fault.Problem{Pointer: "/id", Detail: fmt.Sprintf("must be %q, as in the path, or be left out", in.Rule)})
	}
	if len(found) > 0 {
		return fault.Status{}, badRules("", found)
	}
	if err := c.change(ctx, w, "", func(s *fault.Set) []fault.Problem { return s.Put(rule) }); err != nil {
		return fault.Status{}, err
	}
	return ruleOf(w, rule.ID)
}

func (c *Control) deleteFault(ctx context.Context, in ruleIn) (op.None, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return op.None{}, err
	}
	had := false
	err = c.change(ctx, w, "", func(s *fault.Set) []fault.Problem {
		had = s.Delete(in.Rule)
		return nil
	})
	if err == nil && !had {
		err = noRule(w, in.Rule)
	}
	return op.None{}, err
}

type profileIn struct {
	ID   string `path:"id"`
	Name string `path:"name"`
}

func (c *Control) addFaultProfile(ctx context.Context, in profileIn) (rulesOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return rulesOut{}, err
	}
	profile, ok := fault.ProfileNamed(in.Name)
	if !ok {
		return rulesOut{}, model.Errorf(model.NotFound, "profile_not_found", "there is no profile %q; there are %s", in.Name, profileNames())
	}
	err = c.change(ctx, w, "", func(s *fault.Set) []fault.Problem {
		var found []fault.Problem
		for _, rule := range profile.Rules {
			found = append(found, s.Put(rule)...)
		}
		return found
	})
	return rulesOut{w.Faults.Rules()}, err
}

func profileNames() string {
	var names []string
	for _, p := range fault.Profiles() {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

func listFaultProfiles(context.Context, nothing) (list[fault.Profile], error) {
	return list[fault.Profile]{fault.Profiles()}, nil
}
