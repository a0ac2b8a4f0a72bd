package fault

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

const unavailable = http.StatusServiceUnavailable

// tokenErrors are the errors of the token endpoint with their statuses (RFC 6749, 5.2; wire facts, idp 2.3), and the two
// that its authorization endpoint has for a server in trouble (4.1.2.1).
var tokenErrors = map[string]int{
	"invalid_request": http.StatusBadRequest, "invalid_client": http.StatusUnauthorized, "invalid_grant": http.StatusBadRequest,
	"unauthorized_client": http.StatusBadRequest, "unsupported_grant_type": http.StatusBadRequest,
	"invalid_scope": http.StatusForbidden, "access_denied": http.StatusForbidden,
	"temporarily_unavailable": unavailable, "server_error": http.StatusInternalServerError,
}

// TokenError are the parameters of token_error.
type TokenError struct {
	Error      string   `json:"error"`
	Status     int      `json:"status"`      // 0: the one that goes with the error
	RetryAfter Duration `json:"retry_after"` // sent in whole seconds; 0: not sent
}

// Check wants an error that OAuth knows.
func (p *TokenError) Check() []Problem {
	problems := badRetryAfter(p.RetryAfter)
	status, known := tokenErrors[p.Error]
	if !known {
		known := strings.Join(sortedKeys(tokenErrors), ", ")
		return append(problems, Problem{"/error", "must be one of: " + known})
	}
	if p.Status == 0 {
		p.Status = status
	}
	if p.Status < 400 || p.Status > 599 {
		problems = append(problems, Problem{"/status", "must be from 400 to 599"})
	}
	return problems
}

// EarlyExpiry are the parameters of early_expiry.
type EarlyExpiry struct {
	After Duration `json:"after"`
}

// Check wants a length of time.
func (p *EarlyExpiry) Check() []Problem { return notPositive("/after", p.After) }

// WrongIssuer are the parameters of wrong_issuer.
type WrongIssuer struct {
	Issuer string `json:"issuer"`
}

// Check wants an absolute URL, as every issuer is one.
func (p *WrongIssuer) Check() []Problem {
	if u, err := url.Parse(p.Issuer); err == nil && u.Scheme != "" && u.Host != "" {
		return nil
	}
	return []Problem{{"/issuer", `must be a URL such as "https://issuer.invalid"`}}
}

// WrongAudience are the parameters of wrong_audience.
type WrongAudience struct {
	Audience string `json:"audience"`
}

// Check wants an audience.
func (p *WrongAudience) Check() []Problem {
	if p.Audience != "" {
		return nil
	}
	return []Problem{{"/audience", "must not be empty"}}
}

// RoleChanged are the parameters of role_changed.
type RoleChanged struct {
	Role string `json:"role"`
}

// Check wants a role that the platform has.
func (p *RoleChanged) Check() []Problem {
	roles := slices.Sorted(slices.Values(model.Roles()))
	if slices.Contains(roles, p.Role) {
		return nil
	}
	return []Problem{{"/role", "must be a role: " + strings.Join(roles, ", ")}}
}

// JWKSDown are the parameters of jwks_down.
type JWKSDown struct {
	Status int `json:"status"`
}

// Check wants a status of a server in trouble.
func (p *JWKSDown) Check() []Problem { return badServerStatus(p.Status) }

// ClockSkew are the parameters of clock_skew.
type ClockSkew struct {
	By Duration `json:"by"`
}

// Check wants whole seconds, which is what tokens know, up to a day.
func (p *ClockSkew) Check() []Problem {
	by := time.Duration(p.By)
	if by%time.Second == 0 && by > 0 && by <= 24*time.Hour {
		return nil
	}
	return []Problem{{"/by", `must be whole seconds up to "24h", such as "5m"`}}
}

func notPositive(pointer string, d Duration) []Problem {
	if d > 0 {
		return nil
	}
	return []Problem{{pointer, `is required and must be more than 0, such as "30s"`}}
}
