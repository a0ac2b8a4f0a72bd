package model

import (
	"bytes"
	"encoding/json"
	"time"
)

// AppSetting is a value that a tenant itself has set for an application. Any name may be set (wire facts, core 4).
type AppSetting struct {
	TenantID  TenantID        `json:"tenant"`
	App       AppID           `json:"app"`
	Name      string          `json:"name"`
	Value     json.RawMessage `json:"value,omitempty"`     // nil is null
	Lock      bool            `json:"lock,omitempty"`      // tenants below cannot set it
	Exclusive bool            `json:"exclusive,omitempty"` // tenants below inherit from above this one
	UpdatedAt time.Time       `json:"updated"`
}

// AppSettingKey is the key of a setting.
func AppSettingKey(t TenantID, app AppID, name string) string {
	return BindingKey(t, app) + "/" + name
}

// CheckSettingValue refuses an array: a value is a text, a number, a boolean, an object or null
// (wire facts, core 3.8).
func CheckSettingValue(value json.RawMessage) error {
	if bytes.HasPrefix(bytes.TrimSpace(value), []byte("[")) {
		return BadMember("/value", "must not be an array")
	}
	return nil
}

// CheckSettingTenant refuses a published setting where it does not exist: those are about billing, for partners
// alone, and one of them can only be read.
func CheckSettingTenant(app AppID, name string, kind TenantKind) error {
	def, published := AppSettingDefOf(app, name)
	if published && !partnerLike(kind) {
		return Refuse(Invalid, CodeBusinessRule, "setting_kind", "setting %q cannot be set on a tenant of kind %q", name, kind)
	}
	if def.ReadOnly {
		return Refuse(Invalid, CodeBusinessRule, "setting_read_only", "setting %q can only be read", name)
	}
	return nil
}
