package match

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// route compiles what the router decides by.
func (c *compiler) route(m *Matcher) {
	if m.Operation != "" {
		c.operation(m.Operation)
	}
	if m.Tag != "" {
		c.tag(m.Tag)
	}
	if m.Method != "" {
		c.method(m.Method)
	}
	if m.Path != "" {
		c.path(m.Path)
	}
}

func (c *compiler) operation(list string) {
	names := alternatives(list)
	for _, name := range names {
		c.knownOperation(name)
	}
	holds := func(r *Request) bool {
		return r.Operation != "" && slices.ContainsFunc(names, func(n string) bool { return glob(n, r.Operation) })
	}
	c.add("operation", list, holds, func(r *Request) string { return r.Operation })
}

func (c *compiler) knownOperation(name string) {
	if c.doc == nil {
		return
	}
	var known []string
	for _, o := range c.doc.Operations() {
		if glob(name, o.ID) {
			return
		}
		known = append(known, o.ID)
	}
	c.refuse("/operation", "no operation has the id %q%s (tenantry spec operations lists them)", name, meant(name, known))
}

func (c *compiler) tag(tag string) {
	if known := c.tags(); known != nil && !slices.Contains(known, tag) {
		c.refuse("/tag", "no operation has the tag %q%s (tags are %s)", tag, meant(tag, known), strings.Join(known, ", "))
	}
	holds := func(r *Request) bool { return slices.Contains(r.Tags, tag) }
	c.add("tag", tag, holds, func(r *Request) string { return strings.Join(r.Tags, ", ") })
}

func (c *compiler) tags() []string {
	if c.doc == nil {
		return nil
	}
	var known []string
	for _, o := range c.doc.Operations() {
		known = append(known, o.Tags...)
	}
	slices.Sort(known)
	return slices.Compact(known)
}

var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
	http.MethodOptions, http.MethodTrace, http.MethodConnect,
}

func (c *compiler) method(list string) {
	wanted := alternatives(strings.ToUpper(list))
	for _, name := range wanted {
		if !slices.Contains(methods, name) {
			c.refuse("/method", "%q is no HTTP method%s", name, meant(name, methods))
		}
	}
	holds := func(r *Request) bool { return slices.Contains(wanted, r.Method) }
	c.add("method", strings.Join(wanted, ","), holds, func(r *Request) string { return r.Method })
}

func (c *compiler) path(pattern string) {
	switch {
	case strings.HasPrefix(pattern, "/s/"):
		c.refuse("/path", "%q begins with the prefix of a sandbox, which matchers do not see: leave it out", pattern)
	case pattern[0] != '/' && pattern[0] != '*' && pattern[0] != '?':
		c.refuse("/path", "%q can never match: a path begins with a slash, such as /api/2/users/*", pattern)
	case strings.Contains(pattern, "{"):
		c.refuse("/path", "%q can never match: write * for a parameter, or name the operation instead", pattern)
	}
	holds := func(r *Request) bool { return glob(pattern, r.Path) }
	c.add("path", pattern, holds, func(r *Request) string { return r.Path })
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// actor compiles whom and what the request is about.
func (c *compiler) actor(m *Matcher) {
	c.tenants("tenant", m.Tenant, func(_ *Request, id string) bool { return strings.EqualFold(id, m.Tenant) })
	c.tenants("subtree", m.Subtree, func(r *Request, id string) bool { return r.below(id, strings.ToLower(m.Subtree)) })
	if m.Client != "" {
		holds := func(r *Request) bool { return r.Client == m.Client }
		c.add("client", m.Client, holds, func(r *Request) string { return r.Client })
	}
	if m.User != "" {
		holds := func(r *Request) bool { return r.User == m.User || strings.EqualFold(r.Login, m.User) }
		c.add("user", m.User, holds, func(r *Request) string { return strings.TrimSpace(r.User + " " + r.Login) })
	}
	if m.Role != "" {
		holds := func(r *Request) bool { return slices.Contains(r.Roles, m.Role) }
		c.add("role", m.Role, holds, func(r *Request) string { return strings.Join(r.Roles, ", ") })
	}
}

func (c *compiler) tenants(field, id string, is func(*Request, string) bool) {
	if id == "" {
		return
	}
	if !uuid.MatchString(id) {
		c.refuse("/"+field, "%q is no id of a tenant: those are UUIDs", id)
	}
	holds := func(r *Request) bool {
		return slices.ContainsFunc(r.Tenants, func(about string) bool { return is(r, about) })
	}
	c.add(field, id, holds, func(r *Request) string { return strings.Join(r.Tenants, ", ") })
}

var statusForm = regexp.MustCompile(`^[1-5]([0-9][0-9]|xx)$`)

// answer compiles what is known of a request once it is answered.
func (c *compiler) answer(m *Matcher) {
	if m.Status != "" {
		c.status(m.Status)
	}
	if m.Cause != "" {
		if !slices.Contains(Causes, m.Cause) {
			c.refuse("/cause", "%q is no cause%s (causes are %s)", m.Cause, meant(m.Cause, Causes), strings.Join(Causes, ", "))
		}
		c.add("cause", m.Cause, func(r *Request) bool { return r.Cause == m.Cause }, func(r *Request) string { return r.Cause })
	}
	if m.Fault != "" {
		holds := func(r *Request) bool { return slices.Contains(r.Faults, m.Fault) }
		c.add("fault", m.Fault, holds, func(r *Request) string { return strings.Join(r.Faults, ", ") })
	}
}

func (c *compiler) status(list string) {
	wanted := alternatives(strings.ToLower(list))
	for _, s := range wanted {
		if !statusForm.MatchString(s) {
			c.refuse("/status", "%q is no status: write one such as 404, or a class such as 4xx", s)
		}
	}
	holds := func(r *Request) bool {
		text := strconv.Itoa(r.Status)
		return slices.ContainsFunc(wanted, func(s string) bool { return glob(strings.ReplaceAll(s, "x", "?"), text) })
	}
	c.add("status", list, holds, func(r *Request) string {
		if r.Status == 0 {
			return ""
		}
		return strconv.Itoa(r.Status)
	})
}
