package record

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/report"
)

// A class says what a value may tell, by the name of its member or parameter.
type class int

const (
	other   class = iota // unknown: kept if its shape is harmless
	word                 // a technical word
	secret               // a credential, or what can be turned into one
	person               // an e-mail, or a login
	name                 // of a person, company or thing
	phone                // a telephone number
	host                 // a host or URL
	version              // of an object, as an earlier answer said
)

// exact are names that say what they hold; the others are judged by what they contain.
var exact = map[string]class{
	"version": version,

	"token_id": word, "token_type": word, "token_type_hint": word, "token_endpoint_auth_method": word,
	"code_challenge_method": word, "setting_name": word, "usage_name": word, "usage_names": word, "usage_type": word,
	"offering_item": word, "offering_items": word, "application_id": word, "edition": word, "editions": word,
	"target_edition": word, "role_id": word, "role": word, "trustee_type": word, "kind": word, "type": word, "types": word,
	"status": word, "language": word, "country": word, "currency": word, "lod": word, "order": word, "grant_type": word,
	"response_type": word, "scope": word, "scopes": word, "measurement_unit": word, "pricing_mode": word, "mode": word,
	"period": word, "level": word, "formats": word, "report_format": word, "origin": word, "range_start": word, "obj_type": word,
	"tenant_kinds": word, "color_scheme": word, "email_domain_type": word, "email_confirmed": word, "smtp_encryption": word,
	"delivery_channel": word, "customer_type": word, "backend_type": word, "notifications": word, "business_types": word,
	"resource_namespace": word, "prompt": word, "purpose": word, "decision": word, "kty": word, "alg": word, "use": word,

	"session_mfa_status": word, "login_totp_time": word, "totp_time": word,

	"code": secret, "state": secret, "nonce": secret, "code_challenge": secret, "pin": secret, "jwt": secret,

	"smtp_user": person, "text": other, "url": host, "website": host, "domain": host, "targeturi": host,
	"server": host, "smtp_server": host, "phone": phone, "fax": phone, "mobile": phone,
}

// within are parts of names, in the order in which they are looked for.
var within = []struct {
	part string
	class
}{
	{"password", secret},
	{"passwd", secret},
	{"secret", secret},
	{"token", secret},
	{"cookie", secret},
	{"credential", secret},
	{"api_key", secret},
	{"apikey", secret},
	{"private_key", secret},
	{"session", secret},
	{"otp", secret},
	{"assertion", secret},
	{"mail", person},
	{"login", person},
	{"username", person},
	{"user_name", person},
	{"reply_address", person},
	{"phone", phone},
	{"host", host},
	{"_url", host},
	{"_uri", host},
	{"website", host},
	{"domain", host},
	{"name", name},
}

// services are the members below which name is that of a service or what is sold of it.
var services = []string{"offering_items", "usages", "applications"}

// classOf is the class of a member or parameter; the parents are the names around it, the innermost last.
func classOf(of string, parents []string) class {
	of = strings.ToLower(of)
	if of == "name" && slices.ContainsFunc(parents, func(p string) bool { return slices.Contains(services, p) }) {
		return word
	}
	if (of == "code" || of == "state") && len(parents) > 0 {
		return other // of an error, or of an address
	}
	if c, ok := exact[of]; ok {
		return c
	}
	if report.Secret(of) {
		return secret
	}
	for _, w := range within {
		if strings.Contains(of, w.part) {
			return w.class
		}
	}
	return other
}

// unique tells whether no two objects may share what is called so.
func unique(of string, c class) bool {
	return c == name && strings.EqualFold(of, "name") || c == person && !strings.Contains(strings.ToLower(of), "mail")
}
