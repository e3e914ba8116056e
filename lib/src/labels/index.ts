export { hardLabels } from "./hardLabels";
export { readClasses, readLabels, readOneHot } from "./targets";
