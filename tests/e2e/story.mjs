// The story: a nudge, a checklist, a deviation, a letter, two ladders and a controller. Dates follow from the demo's register.
import { theCase } from "./story_case.mjs";
import { theChecklist } from "./story_checklist.mjs";
import { theController } from "./story_controller.mjs";
import { theDeviation } from "./story_deviation.mjs";
import { theSilence } from "./story_silence.mjs";
import { theWelcome } from "./story_welcome.mjs";

/** Tell all of it to the people in `cast`. */
export async function tellStory(story, cast) {
  await story.chapter("Getting to know the bot", (step) => theWelcome(step, cast));
  await story.chapter("A nudge and its checklist", (step) => theChecklist(step, cast));
  await story.chapter("A deviation in one sentence", (step) => theDeviation(step, cast));
  await story.chapter("A letter to the supplier, and a sanction", (step) => theCase(step, cast));
  await story.chapter("Nobody answers", (step) => theSilence(step, cast));
  await story.chapter("The controller asks", (step) => theController(step, cast));
}
