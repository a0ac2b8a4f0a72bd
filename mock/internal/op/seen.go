package op

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// sight is what was made out of an exchange for matchers.
type sight struct {
	request match.Request
	view    *state.View  // of the world when it was first asked for
	named   []string     // the tenants that the request names
	actor   *model.Actor // whose part is filled in
}

// Seen is the exchange as matchers see it. Its request part is made once; actor and answer are as they are when it is
// asked for. The request that it returns is the same one each time and belongs to the exchange.
//
// A request is about the tenants that its path, its query or the top level of its body name by id, and about those that
// the user, client, location or other object of its path belongs to. Where there are none, it is about the caller's.
func (ex *Exchange) Seen() *match.Request {
	if ex.seen == nil {
		ex.seen = ex.sight()
	}
	r := &ex.seen.request
	ex.seen.identify(ex.Actor)
	r.Status, r.Cause, r.Faults = ex.Reply.Status, string(ex.Cause), nil
	for _, f := range ex.Faults {
		r.Faults = append(r.Faults, f.Rule, f.Kind)
	}
	return r
}

func (ex *Exchange) sight() *sight {
	s := &sight{request: match.Request{Body: ex.Body}}
	r := &s.request
	if o := ex.Operation; o != nil {
		r.Operation, r.Tags = o.ID, o.Tags
	}
	if ex.World != nil && ex.World.State != nil {
		s.view = ex.reading(ex.Request.Context())
		r.Below = func(tenant, root string) bool {
			return s.view.Under(model.TenantID(tenant), model.TenantID(root))
		}
	}
	r.Method, r.Path, r.Header = ex.Request.Method, ex.Request.URL.Path, ex.Request.Header
	if ex.Request.URL.RawQuery != "" {
		r.Query = ex.Request.URL.Query()
	}
	s.names(ex)
	return s
}

// identify fills in who asks, and the tenants if only that tells them.
func (s *sight) identify(a *model.Actor) {
	if a == nil || a == s.actor {
		if a == nil && s.request.Tenants == nil {
			s.request.Tenants = s.named
		}
		return
	}
	s.actor = a
	r := &s.request
	r.Client, r.User, r.Login, r.Roles = "", "", "", a.Roles()
	if a.Client != nil {
		r.Client = string(a.Client.ID)
	}
	if a.User != nil {
		r.User, r.Login = string(a.User.ID), a.User.Login
	}
	if r.Tenants = s.named; len(s.named) == 0 && a.Tenant != "" {
		r.Tenants = []string{string(a.Tenant)}
	}
}

// names gathers the tenants that the request names.
func (s *sight) names(ex *Exchange) {
	for name, id := range ex.Path {
		if name == "tenant_id" {
			s.add(id)
			continue
		}
		if owner, ok := s.owner(name, id); ok {
			s.add(string(owner))
		}
	}
	for _, name := range tenantParams {
		for _, list := range s.request.Query[name] {
			s.addAll(list)
		}
	}
	if s.request.Operation == "listTenants" { // there the batch is one of tenants
		s.addAll(s.request.Query.Get("uuids"))
	}
	s.inBody(ex)
	slices.Sort(s.named) // the parameters of a path come in no order
}

// tenantParams are the query parameters that name tenants, one or a list of them.
var tenantParams = []string{
	"parent_id", "subtree_root_id", "subtree_root_tenant_id", "target_tenant_id", "tenant", "tenant_id", "tenant_uuid", "tenants",
}

// tenantMembers are the body members that name a tenant. One that is no text names none.
type tenantMembers struct {
	Owner  string `json:"owner_tenant_id"`
	Parent string `json:"parent_id"`
	Tenant string `json:"tenant_id"`
	UUID   string `json:"tenant_uuid"`
}

func (s *sight) inBody(ex *Exchange) {
	switch {
	case len(ex.Body) == 0:
	case ex.Checked != nil && ex.Checked.Members != nil: // it has been decoded
		for _, name := range []string{"owner_tenant_id", "parent_id", "tenant_id", "tenant_uuid"} {
			id, _ := ex.Checked.Members[name].(string)
			s.add(id)
		}
	case ex.Body[0] == '{':
		var m tenantMembers
		_ = json.Unmarshal(ex.Body, &m) // malformed it leaves m as it is, with other types it fills in the rest
		for _, id := range []string{m.Owner, m.Parent, m.Tenant, m.UUID} {
			s.add(id)
		}
	case strings.HasPrefix(s.request.Header.Get("Content-Type"), formType):
		form, _ := url.ParseQuery(string(ex.Body)) // what can be read of it
		for _, name := range []string{"tenant_id", "tenant_uuid"} {
			s.add(form.Get(name))
		}
	}
}

func (s *sight) addAll(list string) {
	for id := range strings.SplitSeq(list, ",") {
		s.add(strings.TrimSpace(id))
	}
}

func (s *sight) add(id string) {
	if model.IsUUID(id) && !slices.Contains(s.named, id) {
		s.named = append(s.named, id)
	}
}

// owner is the tenant of the object that a path parameter names, deleted ones too.
func (s *sight) owner(param, id string) (model.TenantID, bool) {
	if s.view == nil {
		return "", false
	}
	switch param {
	case "user_id":
		return ownerIn(s.view, state.Users, model.UserID(id), func(u *model.User) model.TenantID { return u.TenantID })
	case "client_id":
		return ownerIn(s.view, state.Clients, model.ClientID(id), func(c *model.Client) model.TenantID { return c.TenantID })
	case "infra_id":
		return ownerIn(s.view, state.Infras, model.InfraID(id), func(i *model.Infra) model.TenantID { return i.OwnerID })
	case "location_id":
		return ownerIn(s.view, state.Locations, model.LocationID(id), func(l *model.Location) model.TenantID { return l.OwnerID })
	case "report_id":
		return ownerIn(s.view, state.Reports, model.ReportID(id), func(r *model.Report) model.TenantID { return r.TenantID })
	case "token_id":
		return s.registration(id)
	}
	return "", false
}

func ownerIn[K ~string, R any](v *state.View, kind state.Kind[K, R], id K, tenant func(*R) model.TenantID) (model.TenantID, bool) {
	row, ok := kind.Get(v, id)
	if !ok {
		return "", false
	}
	return tenant(row), true
}

// registration is the tenant of a registration token, whose ids are integers.
func (s *sight) registration(id string) (model.TenantID, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return "", false
	}
	r, err := s.view.RegistrationToken(n)
	if err != nil {
		return "", false
	}
	return r.TenantID, true
}
