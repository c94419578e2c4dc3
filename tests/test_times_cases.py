"""Times in invented sentences: ``{words|value}`` marks what is to be found; ``{words|SET value}`` a set.

Each block of cases has its publication date. Whatever is not marked must not be found.
"""

from __future__ import annotations

import re

import pytest

from reportedly._records import Article, Block, Time
from reportedly.read._model import load_model
from reportedly.read._parse import parse
from reportedly.read._times import find_times

WEDNESDAY = """
# weekdays and tense
The minister arrived in Tallinn on {Tuesday|2021-09-07}.
The minister will arrive in Tallinn on {Tuesday|2021-09-14}.
{Wednesday|2021-09-08} the council met behind closed doors.
The council will meet {Wednesday|2021-09-08} to settle the matter.
Police said {Monday|2021-09-06} that two men had been held.
The two leaders are expected to meet {Friday|2021-09-10} in Oslo.
The talks have been postponed until {Thursday|2021-09-09}.
Workers plan to strike on {Saturday|2021-09-11}.
Strikers walked out {Saturday|2021-09-04} in three cities.
The summit opens {Sunday|2021-09-12} in Lagos.
The vote is scheduled for {Thursday|2021-09-09}.
The hearing was set for {Friday|2021-09-10}.
Ahead of {Sunday|2021-09-12}'s election, both camps rallied.
Since {Monday|2021-09-06}, no train has left the station.
The premier might resign {Friday|2021-09-10}, aides say.
The bank could have raised rates on {Monday|2021-09-06} but did not.
The deal was reached {last Friday|2021-09-03} after long talks.
The new rules take effect {next Monday|2021-09-13}.
She is due in court {this Friday|2021-09-10}.
The pilot managed to land on {Sunday|2021-09-05} in heavy fog.
They met on {Tuesday|2021-09-07} and {Monday|2021-09-06}.
In {December|2020-12}, the minister told a paper that he would stay.
In advance of the king's visit there on {Friday|2021-09-10}, roads were closed.
The envoy is heading to Oslo for talks {Friday|2021-09-10}.
She told them to stand firm on {Sunday|2021-09-05}, when the deal was struck.
He wants to answer what was said at {Monday|2021-09-06}'s debate.
The {Sept. 11|2001-09-11} hijackers had lived there.
It recalled the {Sept. 11|2021-09-11} attacks in Oster.
Asked {Tuesday|2021-09-07} about the fire, the mayor said nothing.
The storm will reach Oster on {Sept. 11|2021-09-11}.
The palace said {Friday|2021-09-03} that the king would leave on {Sunday|2021-09-05}.
The union said {Monday|2021-09-06} that it would vote on {Thursday|2021-09-09}.
The bank said {last Thursday|2021-09-02} it would reopen on {Monday|2021-09-06}.
The bank said it would reopen on {Monday|2021-09-13}.
It happened on {Tuesday of last week|2021-08-31}.
A decision is due {Thursday of next week|2021-09-16}.
He was last seen {two Sundays ago|2021-08-29}.
They spoke by phone {a week ago Friday|2021-09-03}.
The show opened {late Monday|2021-09-06} to mixed reviews.
The minister, who resigned on {Thursday|2021-09-02}, did not reply.
The storm hit the coast on {Sunday|2021-09-05}, killing six.
The chair had set {Friday|2021-09-03} as the deadline.
Prices are the top issue ahead of elections in {March|2022-03}.
The raid before dawn on {Sunday|2021-09-05} emptied the fort.
Therefore, a spokesman said {Thursday|2021-09-02}, it cannot find the papers.
The chair is attempting to explain his words at {Monday|2021-09-06}'s debate.
The chair will explain his words at {Monday|2021-09-13}'s debate.
# parts of the day and clock times
The blast came {Tuesday morning|2021-09-07TMO}.
The blast came on {Tuesday in the morning|2021-09-07TMO}.
Voting ended {last night|2021-09-07TNI}.
The cabinet met {this morning|2021-09-08TMO}.
The cabinet will meet {tomorrow evening|2021-09-09TEV}.
A curfew begins {tonight|2021-09-08TNI}.
The plane left at {3 p.m. on Tuesday|2021-09-07T15:00}.
The plane will leave at {10:30 a.m. Friday|2021-09-10T10:30}.
The match starts at {15:00 GMT Saturday|2021-09-11T15:00}.
Polls will close at {8 p.m.|2021-09-08T20:00}, officials said.
Polls will close at {9am|2021-09-08T09:00}.
The siren went off at {noon|2021-09-08T12:00}.
The truce began at {midnight Monday|2021-09-06T00:00}.
It began at {0600 GMT|2021-09-08T06:00}.
He called at {7 o'clock|2021-09-08T07:00}.
The law takes hold on {Friday at 6 p.m.|2021-09-10T18:00}.
It was {early on Sunday morning|2021-09-05TMO} when the dam broke.
{Yesterday afternoon|2021-09-07TAF} the team flew home.
They fired at dawn on the {morning of May 3|2021-05-03TMO}.
# days counted from today
{Today|2021-09-08} the court ruled against the ministry.
{Yesterday|2021-09-07} the court heard two witnesses.
The court will hear two more {tomorrow|2021-09-09}.
They met {the day before yesterday|2021-09-06}.
They will meet {the day after tomorrow|2021-09-10}.
It snowed {three days ago|2021-09-05}.
It snowed {a few days ago|PAST_REF}.
He left {two hours ago|TIME PAST_REF}.
# weeks, months, years
The ship sank {last week|2021-W35}.
The envoy left {this week|2021-W36}.
The envoy will leave {next week|2021-W37}.
{Two weeks ago|2021-W34} the price fell.
{Next month|2021-10}'s summit is in doubt.
It was signed {last month|2021-08}.
Prices fell {six months ago|2021-03}.
Prices fell {earlier this year|2021}.
Prices will fall {later this year|2021}.
The party lost {late last year|2020}.
The plant will open {early next year|2022}.
He was elected {four years ago|2017}.
The wall fell {three decades ago|199}.
The town burned down {a century ago|19}.
It was the coldest {this month|2021-09} so far.
Sales rose {this quarter|2021-Q3} and fell {last quarter|2021-Q2}.
The state will run dry by {the end of the year|2021}.
Exports should recover by {the end of next year|2022}.
They hope to finish by {the end of the month|2021-09}.
A report is due {later this week|2021-W36}.
In {the coming weeks|FUTURE_REF} more will follow.
In {recent months|PAST_REF} many have left.
Few were hurt in {the days ahead|FUTURE_REF}.
# weekends
The riots broke out over {the weekend|2021-W35-WE}.
The riots broke out {last weekend|2021-W35-WE}.
The fair will open {this weekend|2021-W36-WE}.
The fair will open {next weekend|2021-W37-WE}.
# months and days without a year
The bridge opened in {June|2021-06}.
The bridge will open in {June|2022-06}.
The bridge collapsed in {December|2020-12}.
The king died in {May|2021-05} at home.
The trial began on {May 14|2021-05-14}.
The trial will begin on {Feb. 28|2022-02-28}.
The treaty was signed on {14 July|2021-07-14} in Vienna.
The treaty was signed on {the 14th of July|2021-07-14}.
The vote on {Monday, Sept. 13|2021-09-13}, will be close.
The vote was held on {Sunday, Aug. 29|2021-08-29}.
The festival ran {May 13|2021-05-13}-{15|2021-05-15} in Porto.
In {early March|2021-03}, the river froze.
The bill passed in {mid-April|2021-04}.
Prices have risen since {August|2021-08}.
He has been in jail since {last June|2021-06}.
She left office {last December|2020-12}.
It will return {next May|2022-05}.
The envoy's {June|2021-06} visit had ended in failure.
# holidays
The mayor resigned on {Christmas Eve|2020-12-24}.
The troops will be home by {Christmas|2021-12-25}.
They married on {New Year's Day|2021-01-01}.
Shops closed on {Good Friday|2021-04-02}.
Shops will close on {Thanksgiving|2021-11-25}.
He was shot on {Election Day|2020-11-03}.
It rained on {Easter Sunday|2021-04-04}.
Crowds fought on {Black Friday|2020-11-27}.
The fair was held on {Labor Day|2021-09-06}.
She sang on {Christmas Day 2015|2015-12-25}.
# seasons and quarters
They were seized {last fall|2020-FA} near the strait.
It was built in {the summer of 2016|2016-SU}.
It was built in {summer 2016|2016-SU}.
The army will pull out {next spring|2022-SP}.
The dam will open {this winter|2021-WI}.
In {the spring|2021-SP}, floods drove thousands out.
Profit doubled in {the second quarter|2021-Q2}.
Profit doubled in {the fourth quarter of 2019|2019-Q4}.
Profit doubled in {Q3 2019|2019-Q3}.
Output shrank in {the first half of 2018|2018-H1}.
Output shrank in {the first half of the year|2021-H1}.
# "the next day": from a date told before
They met on {May 14, 2019|2019-05-14}. {The next day|2019-05-15} they parted.
They met on {May 14, 2019|2019-05-14}. {A day earlier|2019-05-13} they had quarrelled.
They met on {May 14, 2019|2019-05-14} and again {two weeks later|2019-W22}.
The king fell in {1931|1931}; {the following year|1932} the queen did.
The king fell in {June 1931|1931-06}; {the following month|1931-07} the queen did.
They met on {Monday|2021-09-06}. {That night|2021-09-06TNI} the house burned.
They met on {Monday|2021-09-06}. {Three days later|2021-09-09} the house burned.
He resigned in {2014|2014}. {Two years later|2016} he was back.
He resigned in {2014|2014} and died {the same year|2014}.
She won on {Sunday|2021-09-05}, and wept {the day after|2021-09-06}.
They fled {the day before|XXXX-XX-XX} the fire reached the town.
# quoted words belong to the day they were said
On {Tuesday|2021-09-07} he was calm. "{Today|2021-09-07} we buried our dead," he said.
"{Today|2021-09-08} we buried our dead," he said.
# durations
The siege lasted {two weeks|P2W}.
The siege lasted {24 hours|PT24H}.
The siege lasted {six months and three days|P6M3D}.
The siege lasted {six months|P6M}, not {three days|P3D}.
It was a {two-day|P2D} visit.
It was a {30-second|PT30S} clip.
It was an {hour-and-a-half-long|PT1H30M} speech.
It took {two and a half hours|PT2H30M}.
It took {an hour and a half|PT1H30M}.
It took {half an hour|PT30M}.
It took {2 1/2 years|P2Y6M}.
It took {an hour and 20 minutes|PT1H20M}.
They waited for {years|PXY}.
They waited for {several weeks|PXW}.
They waited for {a couple of hours|PTXH}.
They waited {dozens of years|PXY}.
They waited for nearly {a decade|P10Y}.
It will take between {12|P12M} and {18 months|P18M}.
It will take {three|P3D} to {five days|P5D}.
In {the past three months|P3M} nobody came.
Over {the next few weeks|PXW} nobody will come.
Over {the last decade|P10Y} the herd has halved.
The {17-year-old|P17Y} was unhurt.
The {decades-long|PXDE} dispute is over.
A {weeklong|P1W} heat wave broke.
He was jailed for {twenty-five years|P25Y}.
Trains ran {all day|P1D} long.
# sets
The queen rides {every day|SET P1D}.
The queen rides {every Tuesday|SET XXXX-WXX-2}.
The queen rides {every morning|SET XXXX-XX-XXTMO}.
The queen rides {twice a week|SET P1W}.
The queen rides {three times a month|SET P1M}.
The queen rides {every two weeks|SET P2W}.
The queen rides {every other day|SET P2D}.
The queen rides on {Mondays|SET XXXX-WXX-1}.
The queen rides {each year|SET P1Y}.
The guests pay {annual|SET P1Y} dues.
The guests pay $20 {a day|SET P1D}.
The {daily|SET P1D} briefing was short.
It costs 10 euros {per month|SET P1M}.
# references
{Now|PRESENT_REF} the dam is full.
The dam is {currently|PRESENT_REF} empty.
The dam was {recently|PAST_REF} repaired.
It has rained less in {the past|PAST_REF}.
It may rain more in {the near future|FUTURE_REF}.
# absolute dates
They met on {May 14, 2019|2019-05-14}.
They met on {14 May 2019|2019-05-14}.
They met on {Tuesday, May 14, 2019|2019-05-14}.
They met on {2019-05-14|2019-05-14}.
They met on {14.05.2019|2019-05-14}.
They met on {25/12/2019|2019-12-25}.
They met on {5/4/2019|2019-XX-XX}.
They met on {May 14th, 2019|2019-05-14}.
Updated {May 14, 2019, 3:46 PM|2019-05-14T15:46}
Updated {May 14, 2019 at 15:46|2019-05-14T15:46}
They met in {May 2019|2019-05}.
They met in {late May 2019|2019-05}.
It has stood since {2014|2014}.
It stood from {1914|1914} to {1918|1918}.
The {2016|2016} election was close.
The flu of {2009|2009}-{2010|2010} killed many.
The {2016|2016}-{17|2017} season was wet.
The budget of {fiscal 2018|2018} was cut.
It was forgotten after {the 1930s|193}.
It was forgotten after {the early '30s|193}.
It was loved in {the nineties|199}.
It was built in {the 19th century|18}.
It is a {21st-century|20} idea.
It was built in {the 1800s|18}.
By {the end of 2015|2015} it was gone.
Nobody has forgotten {9/11|2001-09-11}.
The attacks of {Sept. 11, 2001|2001-09-11}, changed it.
By {2030|2030}, the sea will have risen.
Moscow's {2014|2014} annexation was condemned.
# not times
About 2020 people marched.
The army sent 1,500 troops and 2000 tanks.
Theresa May resigned and the May government fell.
Mrs. May said the party would decide.
April Quist told the court so.
She came second, and he came first.
They may march on the capital.
A march through the town ended quietly.
The Sunday Times and the Daily Mail disagreed.
He reads the Mail on Sunday.
The score was 3:2 when the light failed.
Flight 1999 was late.
Ash fell on the town in great flakes.
He scored in the second minute of the fall of the city.
He fired 2020 rounds at the fence.
The second man fell from the bridge.
Saturday Night Live made fun of him.
It rose by 7.5 percent to $1999.
The man, in his 30s, was not named.
Call 555 1999 for help.
See https://example.org/2019/05/14/story for more.
The spring in her step was gone.
Children 6 months and older can be vaccinated.
At the end of the day it is all the same.
He spoke to the host of This Week and left.
It is high time to leave for good.
"""

SUNDAY = """
The law was signed {last week|2019-W10}.
The cabinet met on {Sunday|2019-03-10}.
The cabinet met on {Saturday|2019-03-09}.
It will be decided {this week|2019-W11}.
The riots spread over {the weekend|2019-W10-WE}.
She resigned {last Sunday|2019-03-03}.
He will resign {next Sunday|2019-03-17}.
The harvest failed {last summer|2018-SU}.
The pipe froze in {December|2018-12} and {January|2019-01}.
The company had lost money by {the end of the year|2018}.
{Easter|2019-04-21} falls late, and {Good Friday|2019-04-19} will be warm.
The dam will be full in {April|2019-04}.
The vote was called off on {Feb. 29, 2016|2016-02-29}.
"""


def _cases(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line and not line.startswith("#")]


def _times(text: str, published: str | None) -> tuple[Time, ...]:
    article = Article("a", "test", text, "", published=published, blocks=(Block("body", (0, len(text))),))
    return find_times(next(parse([article], load_model())))


def _expected(marked: str) -> tuple[str, list[tuple[tuple[int, int], str, str]]]:
    text, expected, at = "", [], 0
    for match in re.finditer(r"\{([^|{}]+)\|([^{}]+)\}", marked):
        text += marked[at : match.start()]
        start, (kind, value) = len(text), _typed(match[2])
        text += match[1]
        expected.append(((start, len(text)), kind, value))
        at = match.end()
    return text + marked[at:], expected


def _typed(value: str) -> tuple[str, str]:
    head, _, rest = value.partition(" ")
    if rest:
        return head, rest
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION", value
    return ("TIME" if re.search(r"\d(T\d|T[A-Z])", value) else "DATE"), value


@pytest.mark.parametrize("marked", _cases(WEDNESDAY))
def test_article_of_a_wednesday(marked: str) -> None:
    text, expected = _expected(marked)
    found = [(time.span, time.type, time.value) for time in _times(text, "2021-09-08")]
    assert found == expected, [(text[a:b], kind, value) for (a, b), kind, value in found]


@pytest.mark.parametrize("marked", _cases(SUNDAY))
def test_article_of_a_sunday(marked: str) -> None:
    text, expected = _expected(marked)
    found = [(time.span, time.type, time.value) for time in _times(text, "2019-03-10T08:15:00+00:00")]
    assert found == expected, [(text[a:b], kind, value) for (a, b), kind, value in found]


def test_there_are_many_cases() -> None:
    assert len(_cases(WEDNESDAY)) + len(_cases(SUNDAY)) >= 200
