package model

import "time"

// Switch returns p in another mode at the time: production begins once, a trial that is over does not come back
// (wire facts, core 6.12). The date is that of the switch.
func (p Pricing) Switch(mode string, now time.Time) (Pricing, error) {
	if mode == p.Mode {
		return p, nil
	}
	if mode == Trial {
		return p, Refuse(Invalid, CodeBusinessRule, "pricing_mode", "pricing mode %q cannot go back to %q", p.Mode, Trial)
	}
	p.Mode, p.StartDate = mode, MomentOf(now.Truncate(time.Second))
	return p, nil
}
