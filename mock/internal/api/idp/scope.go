package idp

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const offlineAccess = "offline_access"

// scopeWords are the plain words that mean something here; OAuth lets a server pass over others (RFC 6749, 3.3).
var scopeWords = []string{"openid", "profile", "email", offlineAccess}

const scopeURN = "urn:acronis.com:"

// A scope is what was asked for, once it is granted.
type scope struct {
	words  []string       // what is granted, as it was spelled
	tenant model.TenantID // to which the tokens are narrowed; "" for all that the holder reaches
}

func (s *scope) offline() bool { return slices.Contains(s.words, offlineAccess) }

// text is the scope as the answer has it: null where nothing was asked for (wire facts, idp 2.1).
func (s *scope) text() *string {
	if len(s.words) == 0 {
		return nil
	}
	text := strings.Join(s.words, " ")
	return &text
}

// grantScope judges a scope parameter: plain words, scope URNs that the actor holds, and at most one that narrows the
// tokens to a tenant (wire facts, idp 1.4). A URN that the actor does not hold is refused.
func grantScope(v *state.View, actor *model.Actor, text string) (*scope, error) {
	s := &scope{}
	for _, word := range strings.Fields(text) {
		switch {
		case slices.Contains(s.words, word), !strings.HasPrefix(word, "urn:") && !slices.Contains(scopeWords, word):
			continue
		case strings.HasPrefix(word, "urn:"):
			if err := s.grantURN(v, actor, word); err != nil {
				return nil, err
			}
		}
		s.words = append(s.words, word)
	}
	return s, nil
}

func (s *scope) grantURN(v *state.View, actor *model.Actor, urn string) error {
	id, narrows := strings.CutPrefix(urn, auth.NarrowingScope)
	switch {
	case narrows && s.tenant != "":
		return badScope("it names two tenants")
	case narrows && !reaches(v, actor, model.TenantID(id)):
		return badScope("its tenant is not within reach")
	case narrows:
		s.tenant = model.TenantID(id)
		return nil
	case !holds(v, actor, urn):
		return badScope("the caller does not hold all of it")
	}
	return nil
}

func badScope(why string) error {
	return model.Errorf(model.Forbidden, "invalid_scope", "the scope is not allowed: %s", why)
}

func reaches(v *state.View, actor *model.Actor, id model.TenantID) bool {
	if _, err := v.LiveTenant(id); err != nil {
		return false
	}
	return slices.ContainsFunc(actor.Grants, func(g model.Grant) bool { return v.Open(g.Tenant, id, false) })
}

// holds reports whether the actor has urn:acronis.com::namespace:tenant:role. The tenant may be left out. Resource
// servers and paths are never granted, so a scope that names one is not held.
func holds(v *state.View, actor *model.Actor, urn string) bool {
	rest, ok := strings.CutPrefix(urn, scopeURN)
	parts := strings.Split(rest, ":")
	if !ok || len(parts) != 4 || parts[0] != "" {
		return false
	}
	short, tenant := parts[1]+"::"+parts[3], model.TenantID(parts[2])
	return slices.ContainsFunc(actor.Grants, func(g model.Grant) bool {
		return slices.Contains(g.Scopes, short) && (tenant == "" || v.Open(g.Tenant, tenant, false))
	})
}
