package state

import "github.com/tenantry/tenantry/mock/model"

// OwnSetting is the value that the tenant itself has set, if it has.
func (v *View) OwnSetting(id model.TenantID, app model.AppID, name string) (*model.AppSetting, bool) {
	return AppSettings.Get(v, model.AppSettingKey(id, app, name))
}

// InheritedSetting is the value that reaches the tenant from above: that of the highest ancestor that locks it, else
// of the nearest. Exclusive values reach nobody, and published settings are not inherited (wire facts, core 4).
func (v *View) InheritedSetting(id model.TenantID, app model.AppID, name string) (*model.AppSetting, bool) {
	if _, published := model.AppSettingDefOf(app, name); published {
		return nil, false
	}
	var found *model.AppSetting
	for t := range v.Up(id) {
		s, ok := v.OwnSetting(t.ID, app, name)
		if ok && !s.Exclusive && (found == nil || s.Lock) {
			found = s
		}
	}
	return found, found != nil
}

// PutAppSetting writes a setting.
func (tx *Tx) PutAppSetting(s *model.AppSetting) { AppSettings.put(tx, s) }

// RemoveAppSetting takes a setting away; it says whether there was one.
func (tx *Tx) RemoveAppSetting(id model.TenantID, app model.AppID, name string) bool {
	return AppSettings.remove(tx, model.AppSettingKey(id, app, name))
}
