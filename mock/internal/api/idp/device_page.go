package idp

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type devicePageIn struct {
	Code string `query:"code"`
}

// showDevicePage is where a person brings the code that a device shows (RFC 8628, 3.3): who is not logged in logs in
// first, then types the code unless it came with the address, and then decides.
func showDevicePage(ctx context.Context, v *state.View, in devicePageIn) (*op.Document, error) {
	p := devicePageFor(ctx, v, in.Code)
	session, actor, ok := browserUser(ctx, v)
	switch {
	case !ok:
		return p.door().open(ctx, v)
	case in.Code == "":
		return show("code", p.ask())
	}
	a, err := approvalOf(v, actor, in.Code, "")
	if err != nil {
		return nil, showRefusal("code", p.ask(), err)
	}
	page, err := show("confirm", p.confirm(v, a, session))
	if err != nil {
		return nil, err
	}
	p.guard.settle(ctx, page)
	return page, nil
}

type submitDeviceIn struct {
	Code     string `form:"code"`
	Decision string `form:"decision"`
	Username string `form:"username"`
	Password string `form:"password"`
	TOTPCode string `form:"totp_code"`
	CSRF     string `form:"csrf"`
	Ticket   string `form:"ticket"`
	Asked    string `query:"code"`
}

// submitDevicePage takes the forms of these pages: the steps of the login, and the decision.
func submitDevicePage(ctx context.Context, tx *state.Tx, in submitDeviceIn) (*op.Document, error) {
	if in.Decision != "" {
		return decide(ctx, tx, &in)
	}
	p := devicePageFor(ctx, tx.View, in.Asked)
	form := &loginForm{in.Username, in.Password, in.TOTPCode, in.CSRF, in.Ticket}
	who, page, err := p.door().enter(ctx, tx, form)
	if who == nil {
		return page, err
	}
	onward := &op.Document{Status: http.StatusSeeOther, Header: http.Header{"Location": {p.address()}, "Cache-Control": {"no-store"}}}
	setCookie(onward, openSession(ctx, tx, who.actor.User, who.totpAt))
	return onward, nil
}

// decide approves or denies. The form is bound to the session and the code, so that no other page can press the button.
func decide(ctx context.Context, tx *state.Tx, in *submitDeviceIn) (*op.Document, error) {
	p := devicePageFor(ctx, tx.View, in.Code)
	session, actor, ok := browserUser(ctx, tx.View)
	if !ok {
		return p.door().open(ctx, tx.View)
	}
	a, err := approvalOf(tx.View, actor, in.Code, "")
	if err == nil {
		err = p.guard.check(tx.View, p.decision(session), in.CSRF)
	}
	if err != nil {
		return nil, showRefusal("code", p.ask(), err)
	}
	if in.Decision != "approve" {
		a.decide(tx, actor, model.DeviceDenied)
		return show("message", &message{frame: p.frame("The device was denied"), Text: "It gets no access. You can close this page."})
	}
	a.decide(tx, actor, model.DeviceApproved)
	return show("message", &message{frame: p.frame("The device is connected"), Text: "It goes on by itself. You can close this page."})
}

// A devicePage is what the pages of one code share.
type devicePage struct {
	guard   guard
	action  string
	service string
	code    string // in its normal form
}

func devicePageFor(ctx context.Context, v *state.View, code string) *devicePage {
	p := &devicePage{guard: guardOf(ctx), action: pathOf(ctx, "device"), code: model.NormalUserCode(code)}
	owner, _ := v.RootTenant()
	if d, ok := v.DeviceByUserCode(p.code); ok {
		if c, err := v.Client(d.Client); err == nil {
			owner, _ = state.Tenants.Get(v, c.TenantID)
		}
	}
	if owner != nil {
		p.service = serviceName(v, owner.ID)
	}
	return p
}

func (p *devicePage) frame(title string) frame { return frame{Title: title, Service: p.service} }

// address is the page of the code.
func (p *devicePage) address() string {
	if p.code == "" {
		return p.action
	}
	return p.action + "?" + url.Values{"code": {model.ShownUserCode(p.code)}}.Encode()
}

func (p *devicePage) door() *door {
	return &door{
		guard: p.guard, action: p.address(), about: "device?" + p.code, service: p.service,
		note: "Log in to connect a device.",
	}
}

type codePage struct {
	frame
	Action, Code string
}

func (p *devicePage) ask() *codePage {
	return &codePage{frame: p.frame("Connect a device"), Action: p.action, Code: model.ShownUserCode(p.code)}
}

type confirmPage struct {
	frame
	Action, CSRF, Code, Device, Application, Tenant string
	Rights                                          []string
}

func (p *devicePage) confirm(v *state.View, a *approval, s *model.Session) *confirmPage {
	page := &confirmPage{
		frame: p.frame("Connect a device"), Action: p.action, CSRF: p.guard.code(v, p.decision(s)),
		Code: model.ShownUserCode(p.code), Device: a.device.DisplayName, Application: applicationName(a.client), Tenant: a.tenant.Name,
	}
	if page.Device == "" {
		page.Device = "without a name"
	}
	for _, urn := range a.device.Scopes {
		if s, ok := model.ParseScopeURN(urn); ok {
			page.Rights = append(page.Rights, deviceRights[s.Role])
		}
	}
	return page
}

// deviceRights say in words what devices may ask for.
var deviceRights = map[string]string{
	"backup_agent_admin":      "Register as a backup agent",
	"cyber_frame_registrator": "Register as a Cyber Frame connector",
}

// decision is what the form of the decision is bound to.
func (p *devicePage) decision(s *model.Session) string { return "decide?" + p.code + "?" + s.Hash }

// applicationName is what a client calls itself, else its id.
func applicationName(c *model.Client) string {
	var data struct {
		Name string `json:"client_name"`
	}
	if err := json.Unmarshal(c.Data, &data); err != nil || data.Name == "" {
		return string(c.ID)
	}
	return data.Name
}
