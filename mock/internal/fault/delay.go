package fault

import (
	"math"
	"strconv"
	"time"
)

// Delay is the parameters of delay: a fixed time, or one distribution.
type Delay struct {
	Fixed     Duration   `json:"fixed,omitempty"`
	Uniform   *Uniform   `json:"uniform,omitempty"`
	Lognormal *Lognormal `json:"lognormal,omitempty"`
	Normal    *Normal    `json:"normal,omitempty"`
	Pareto    *Pareto    `json:"pareto,omitempty"`
	Quantiles []Quantile `json:"quantiles,omitempty"`
	Max       Duration   `json:"max,omitempty"` // longer delays are cut to it; 1h when left out
}

// Uniform is every delay between two, with equal chance.
type Uniform struct {
	Min Duration `json:"min"`
	Max Duration `json:"max"`
}

// Lognormal has a long tail, as measured latencies do: half of the delays are below the median, and sigma is the standard
// deviation of their logarithm.
type Lognormal struct {
	Median Duration `json:"median"`
	Sigma  float64  `json:"sigma"`
}

// Normal is a mean with a standard deviation; what would be less than nothing is nothing.
type Normal struct {
	Mean      Duration `json:"mean"`
	Deviation Duration `json:"deviation"`
}

// Pareto never falls below Min; the smaller the shape, the heavier the tail.
type Pareto struct {
	Min   Duration `json:"min"`
	Shape float64  `json:"shape"`
}

// A Quantile says that the share P of the delays is at most Delay. Between two of them the delay grows evenly; before the
// first and beyond the last it stays.
type Quantile struct {
	P     float64  `json:"p"`
	Delay Duration `json:"delay"`
}

// distribution is a delay by its quantiles: at(u) is what the share u of the delays does not exceed.
type distribution interface {
	at(u float64) float64 // nanoseconds
	check(found *problems)
}

// chosen are the distributions that were given, by their names.
func (p *Delay) chosen() map[string]distribution {
	all := map[string]distribution{}
	if p.Fixed != 0 {
		all["fixed"] = p.Fixed
	}
	if p.Uniform != nil {
		all["uniform"] = p.Uniform
	}
	if p.Lognormal != nil {
		all["lognormal"] = p.Lognormal
	}
	if p.Normal != nil {
		all["normal"] = p.Normal
	}
	if p.Pareto != nil {
		all["pareto"] = p.Pareto
	}
	if p.Quantiles != nil {
		all["quantiles"] = table(p.Quantiles)
	}
	return all
}

// Check is part of Params.
func (p *Delay) Check() []Problem {
	all := p.chosen()
	var found problems
	found.add(len(all) != 1, "", "needs exactly one of fixed, uniform, lognormal, normal, pareto and quantiles")
	for _, name := range sortedKeys(all) {
		var wrong problems
		all[name].check(&wrong)
		found = append(found, under("/"+name, wrong)...)
	}
	found.add(p.Max <= 0 || p.Max > maxDelay, "/max", "must be more than 0s and at most 1h")
	return found
}

// At is the delay for a number in [0, 1): the quantile of the distribution, between nothing and Max.
func (p *Delay) At(u float64) time.Duration {
	for _, d := range p.chosen() {
		return time.Duration(min(max(0, d.at(u)), float64(p.Max)))
	}
	return 0
}

func (d Duration) at(float64) float64    { return float64(d) }
func (d Duration) check(found *problems) { found.delay("", d) }

func (d *Uniform) at(u float64) float64 { return float64(d.Min) + u*float64(d.Max-d.Min) }

func (d *Uniform) check(found *problems) {
	found.delay("/min", d.Min)
	found.delay("/max", d.Max)
	found.add(d.Max <= d.Min, "/max", "must be more than min")
}

func (d *Lognormal) at(u float64) float64 { return float64(d.Median) * math.Exp(d.Sigma*deviate(u)) }

func (d *Lognormal) check(found *problems) {
	found.delay("/median", d.Median)
	found.add(d.Median == 0, "/median", "is required: the time that half of the delays stay below")
	found.add(!(d.Sigma > 0 && d.Sigma <= 10), "/sigma", "must be more than 0 and at most 10; 0.4 is usual for services")
}

func (d *Normal) at(u float64) float64 { return float64(d.Mean) + float64(d.Deviation)*deviate(u) }

func (d *Normal) check(found *problems) {
	found.delay("/mean", d.Mean)
	found.delay("/deviation", d.Deviation)
	found.add(d.Deviation == 0, "/deviation", "is required; use fixed for a delay that is always the same")
}

func (d *Pareto) at(u float64) float64 { return float64(d.Min) / math.Pow(1-u, 1/d.Shape) }

func (d *Pareto) check(found *problems) {
	found.delay("/min", d.Min)
	found.add(d.Min == 0, "/min", "is required: the shortest delay")
	found.add(!(d.Shape > 0 && d.Shape <= 100), "/shape", "must be more than 0 and at most 100; 1.5 is heavy, 3 is light")
}

// deviate is the quantile of the standard normal distribution.
func deviate(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }

type table []Quantile

func (t table) at(u float64) float64 {
	below := t[0]
	for _, q := range t {
		if u < q.P {
			if q.P == below.P {
				return float64(q.Delay) // before the first
			}
			return float64(below.Delay) + (u-below.P)/(q.P-below.P)*float64(q.Delay-below.Delay)
		}
		below = q
	}
	return float64(below.Delay)
}

func (t table) check(found *problems) {
	found.add(len(t) == 0, "", `needs at least one quantile, such as {"p": 0.5, "delay": "90ms"}`)
	for i, q := range t {
		var wrong problems
		wrong.add(!(q.P >= 0 && q.P <= 1), "/p", "must be between 0 and 1")
		wrong.delay("/delay", q.Delay)
		wrong.add(i > 0 && q.P <= t[max(0, i-1)].P, "/p", "must be more than that of the quantile before")
		wrong.add(i > 0 && q.Delay < t[max(0, i-1)].Delay, "/delay", "must not be less than that of the quantile before")
		*found = append(*found, under("/"+strconv.Itoa(i), wrong)...)
	}
}
