package idp

import (
	"context"
	"errors"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A loginForm is what the login pages post: login and password first, or the ticket that they were worth, and the code
// of the second factor. All at once is fine too.
type loginForm struct {
	username, password, code, csrf, ticket string
}

// A door is where a login leads: every page of it posts to the same place, and its forms are good for that alone.
type door struct {
	guard   guard
	action  string // the path that the forms post to
	about   string // what the forms are bound to
	service string
	note    string // what the login is for
	hint    string // the login to begin with
}

type loginPage struct {
	frame
	Action, CSRF, Note, Username string
}

type factorPage struct {
	frame
	Action, CSRF, Ticket string
	enrolment
}

// A visitor has passed all steps of a login.
type visitor struct {
	actor  *model.Actor
	totpAt time.Time // when the second factor was checked; zero without one
}

// open shows the first page of a login.
func (d *door) open(ctx context.Context, v *state.View) (*op.Document, error) {
	page, err := show("login", d.loginPage(v, d.hint))
	if err != nil {
		return nil, err
	}
	d.guard.settle(ctx, page)
	return page, nil
}

func (d *door) loginPage(v *state.View, username string) *loginPage {
	return &loginPage{
		frame:  frame{Title: "Log in", Service: d.service},
		Action: d.action, CSRF: d.guard.code(v, d.about), Note: d.note, Username: username,
	}
}

// enter takes one step of a login. It answers the visitor when all are passed, else the page of the next step, else a
// refusal with the page of the same step again.
func (d *door) enter(ctx context.Context, tx *state.Tx, f *loginForm) (*visitor, *op.Document, error) {
	actor, err := d.known(tx, f)
	if err != nil {
		return nil, nil, d.again(ctx, tx, f, err)
	}
	var at time.Time
	if needsFactor(tx.View, actor.User) {
		enrol := tx.UserMFA(actor.User) == model.MFASetupRequired
		if enrol {
			enrolling(tx, actor.User)
		}
		if at, err = checkFactor(tx, actor.User, f.code); err != nil {
			page, err := d.factor(tx, actor.User, enrol, err)
			return nil, page, err
		}
	}
	return &visitor{actor, at}, nil, nil
}

// known is the user whom the password or the ticket names.
func (d *door) known(tx *state.Tx, f *loginForm) (*model.Actor, error) {
	if err := d.guard.check(tx.View, d.about, f.csrf); err != nil {
		return nil, err
	}
	if f.ticket == "" {
		return knownUser(tx, f.username, f.password, (*model.Credential).HasPassword)
	}
	u, err := d.guard.holder(tx.View, f.ticket, d.about)
	if err != nil {
		return nil, err
	}
	return auth.ActorOf(tx.View, u.ID, "")
}

// again shows the first page once more, with what went wrong. A form cookie that is missing is given again, or the
// second attempt would fail like the first.
func (d *door) again(ctx context.Context, tx *state.Tx, f *loginForm, refusal error) error {
	err := showRefusal("login", d.loginPage(tx.View, f.username), refusal)
	if shown := (op.Shown{}); errors.As(err, &shown) {
		d.guard.settle(ctx, shown.Page)
	}
	return err
}

// factor shows the page of the second factor: for the first time, or once more with what was wrong.
func (d *door) factor(tx *state.Tx, u *model.User, enrol bool, refusal error) (*op.Document, error) {
	page := &factorPage{
		frame:  frame{Title: "Second factor", Service: d.service},
		Action: d.action, CSRF: d.guard.code(tx.View, d.about), Ticket: d.guard.ticket(tx.View, u, d.about),
	}
	if enrol {
		e, err := enrolmentOf(tx.Credential(u).TOTPSecret, d.service, u.Login)
		if err != nil {
			return nil, err
		}
		page.enrolment = *e
		refusal = op.Kept{Err: refusal} // the secret that the page shows may be a new one
	}
	if reason := (&model.Error{}); errors.As(refusal, &reason) && reason.Reason == "totp_required" {
		return show("factor", page)
	}
	return nil, showRefusal("factor", page, refusal)
}
