package branding

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// brand is the wire form: every member is always there (wire facts, core 6.15).
type brand struct {
	ID model.BrandID `json:"id"`
	members
}

// members are what updateBrand takes. A nullable text is null until it is set.
type members struct {
	AccountServerURL  *string `json:"account_server_url"`
	AgentGatewayURL   *string `json:"agent_gateway_url"`
	AndroidURL        *string `json:"mobile_app_android_download_url"`
	BackupConsoleURL  string  `json:"backup_console_url"`
	Color             *string `json:"color"`
	ColorScheme       string  `json:"color_scheme"`
	CompanyName       *string `json:"company_name"`
	HelpURL           *string `json:"help_url"`
	HidePredefined    int64   `json:"hide_predefined"`
	HomeURL           *string `json:"home_url"`
	IOSURL            *string `json:"mobile_app_ios_download_url"`
	KnowledgeBaseURL  *string `json:"knowledgebase_url"`
	Logotype          *string `json:"logotype"` // the id of the logo
	OwnsLegalDocs     bool    `json:"owns_custom_legal_docs"`
	PlatformTermsURL  *string `json:"platform_terms_url"`
	PrivacyPolicyURL  *string `json:"privacy_policy_url"`
	RegServerURL      *string `json:"reg_server_url"`
	RouterURL         *string `json:"router_url"`
	ServiceName       *string `json:"service_name"`
	SMTPEncryption    string  `json:"smtp_encryption"`
	SMTPOverride      int64   `json:"smtp_override"`
	SMTPPassword      string  `json:"smtp_password"` // always empty
	SMTPPort          int64   `json:"smtp_port"`
	SMTPReplyAddress  string  `json:"smtp_reply_address"`
	SMTPServer        string  `json:"smtp_server"`
	SMTPUser          string  `json:"smtp_user"`
	SupportPhone      *string `json:"support_phone"`
	SupportURL        *string `json:"support_url"`
	TermsURL          *string `json:"terms_url"`
	UpsellURL         *string `json:"upsell_url"`
	UserGuideURL      *string `json:"user_guide_url"`
	WhiteLabeledAgent bool    `json:"white_labeled_agent"`
}

func brandOf(b *model.Brand) (*brand, error) {
	m, err := membersOf(b)
	return &brand{ID: b.ID, members: m}, err
}

// membersOf are the members of a stored brand, with the defaults of those that were never set.
func membersOf(b *model.Brand) (members, error) {
	m := members{ColorScheme: "default"}
	stored, err := json.Marshal(b.Members)
	if err != nil {
		return m, fmt.Errorf("encode the members of brand %s: %w", b.ID, err)
	}
	if err := json.Unmarshal(stored, &m); err != nil {
		return m, fmt.Errorf("decode the members of brand %s: %w", b.ID, err)
	}
	m.SMTPPassword = ""
	return m, nil
}

// merge lays a body over the members: what is absent stays, null empties a text.
func (m *members) merge(body json.RawMessage) error {
	if err := json.Unmarshal(body, m); err != nil {
		return model.Errorf(model.Invalid, "invalid_body", "the body cannot be read: %v", err)
	}
	m.SMTPPassword = ""
	return m.check()
}

// check refuses what no answer could show, however strictly the document is enforced, and settings that no mail
// server can have (platform code 1025).
func (m *members) check() error {
	switch {
	case m.Logotype != nil && !model.IsUUID(*m.Logotype):
		return model.BadMember("/logotype", "must be a UUID or null; it is %q", *m.Logotype)
	case m.SMTPPort < 0 || m.SMTPPort > 65535:
		return badMail("smtp_port must be from 1 to 65535, or 0 for none; it is %d", m.SMTPPort)
	case !slices.Contains([]string{"", "SSL", "TLS"}, m.SMTPEncryption):
		return badMail("smtp_encryption must be SSL, TLS or empty; it is %q", m.SMTPEncryption)
	case m.SMTPOverride != 0 && m.SMTPOverride != 1:
		return badMail("smtp_override must be 0 or 1; it is %d", m.SMTPOverride)
	}
	return nil
}

func badMail(format string, args ...any) error {
	return model.Refuse(model.Invalid, model.CodeSMTPSettings, "smtp_settings", format, args...)
}

// stored is the form in which the model keeps them.
func (m *members) stored() (map[string]json.RawMessage, error) {
	text, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode the members of a brand: %w", err)
	}
	var out map[string]json.RawMessage
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("decode the members of a brand: %w", err)
	}
	return out, nil
}
